/** What a system paints around an installed panel before a page is there: the canvas of the first theme, as its tokens say. */
// eslint-disable-next-line no-restricted-syntax -- no stylesheet reaches there; a test holds them to the tokens
export const APP_COLORS = { light: '#f4f7fc', dark: '#0c0e13' } as const;
