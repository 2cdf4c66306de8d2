/** Each of these receivers reads marks in a text; ours are words and nothing else. */

const JOINER = '\u2060';

/** Slack reads three characters as the beginning of a link, a mention or an entity. */
export const forSlack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Discord reads Markdown, and mentions by a sign; addresses of the panel are put behind it as they are. */
export const forDiscord = (text: string): string =>
  text.replace(/[\\`*_~|>#[\]()<:-]/g, (mark) => `\\${mark}`).replaceAll('@', `@${JOINER}`);

/** Telegram makes mentions, commands and tags clickable, even in plain text. */
export const forTelegram = (text: string): string => text.replace(/[@/#$]/g, (mark) => `${mark}${JOINER}`);
