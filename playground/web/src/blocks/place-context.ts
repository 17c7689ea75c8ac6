import { createContext } from 'react';

/** Where controls stand: in a message, or in a modal or Home tab. */
export type ControlPlace = { channel: string; ts: string } | { view_id: string };

/** The place of the controls inside; outside of any place they do nothing. Keep its value's identity between renders. */
export const PlaceContext = createContext<ControlPlace | undefined>(undefined);
