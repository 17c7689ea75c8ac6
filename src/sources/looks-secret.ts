/** Whether a variable or header of this name holds what must never be shown. */
export const looksSecret = (name: string): boolean =>
  /(TOKEN|SECRET|PASSWORD|KEY|AUTHORIZATION|COOKIE)$/i.test(name);
