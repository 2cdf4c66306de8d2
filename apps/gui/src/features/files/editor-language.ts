import { LanguageDescription, type LanguageSupport } from '@codemirror/language';
import { languages } from '@codemirror/language-data';

const SETTINGS = /\.(?:conf|cfg|cnf|env)$|^\.env(?:\.|$)/;
const SHEBANG = /^#!.*\b(?:(?<shell>ba|da|a|z|)sh|(?<name>python|perl|ruby|node))/;
const BY_PROGRAM: Readonly<Record<string, string>> = { node: 'javascript' };

/** What a text is written in, by its file's name, else by the program its first line names. */
export function findLanguage(fileName: string, body: string): LanguageDescription | null {
  const named = LanguageDescription.matchFilename(languages, fileName);
  if (named) return named;
  if (SETTINGS.test(fileName)) return LanguageDescription.matchLanguageName(languages, 'properties');
  const { shell, name } = SHEBANG.exec(body)?.groups ?? {};
  if (shell !== undefined) return LanguageDescription.matchLanguageName(languages, 'shell');
  return name === undefined ? null : LanguageDescription.matchLanguageName(languages, BY_PROGRAM[name] ?? name);
}

/** Each language is a part of the panel of its own, read when the first such text is opened. */
export const loadLanguage = (language: LanguageDescription): Promise<LanguageSupport> => language.load();
