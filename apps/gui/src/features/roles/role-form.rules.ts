export const isRoleName = (text: string): boolean => /^[a-z][a-z0-9-]{0,31}$/.test(text);
export const isRoleDescription = (text: string): boolean => text.trim().length <= 200;

/** `from`: the role it is compared with. */
export const roleAddress = (name: string, from = ''): string =>
  `/access/roles/${encodeURIComponent(name)}${from === '' ? '' : `?from=${encodeURIComponent(from)}`}`;
