import 'server-only';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { chooseLocale, overlay } from './locale.rules.ts';
import { messages } from './messages.ts';

const LOCALE_COOKIE = 'bw_locale';
const FOLDER = path.join(process.cwd(), 'messages');

/** English, and every `messages/<locale>.json`: adding a language is adding that file. */
export async function availableLocales(): Promise<string[]> {
  const files = await readdir(FOLDER);
  return ['en', ...files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length))];
}

export default getRequestConfig(async () => {
  const locale = chooseLocale(
    await availableLocales(),
    (await cookies()).get(LOCALE_COOKIE)?.value,
    (await headers()).get('accept-language'),
  );
  return { locale, messages: await messagesOf(locale), timeZone: 'UTC' };
});

async function messagesOf(locale: string): Promise<typeof messages> {
  if (locale === 'en') return messages;
  const translated: unknown = JSON.parse(await readFile(path.join(FOLDER, `${locale}.json`), 'utf8'));
  return overlay(messages, translated);
}
