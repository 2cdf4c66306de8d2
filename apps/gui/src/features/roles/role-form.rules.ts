export const isRoleName = (text: string): boolean => /^[a-z][a-z0-9-]{0,31}$/.test(text);
export const isRoleDescription = (text: string): boolean => text.trim().length <= 200;
