/** Any text its person knows it by. */
export const isPasskeyName = (name: string): boolean => name.trim().length > 0 && name.trim().length <= 60;
