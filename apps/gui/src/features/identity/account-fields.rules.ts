/** What the core takes; the contract says the same, without the browser carrying its validator. */
export const isUsername = (text: string): boolean => /^[a-z0-9][a-z0-9._-]{1,31}$/.test(text);
export const isDisplayName = (text: string): boolean => text.trim().length >= 1 && text.trim().length <= 80;
export const isPassword = (text: string): boolean => text.length >= 12 && text.length <= 128;
export const isEmail = (text: string): boolean => text.length <= 254 && /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text);
