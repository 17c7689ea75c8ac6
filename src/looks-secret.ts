/** Whether a variable or header of this name holds what must never be shown. */
export const looksSecret = (name: string): boolean =>
  /(TOKEN|SECRET|PASS|PASSWORD|PASSWD|PASSPHRASE|KEY|AUTHORIZATION|COOKIE)$/i.test(name);
