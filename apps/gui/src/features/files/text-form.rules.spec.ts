import { expect, it } from '@jest/globals';
import { Text } from '@codemirror/state';
import { indentOf, readForm, writeForm } from './text-form.rules.ts';

/** As an editor takes a text and gives it back. */
function through(text: string): string {
  const { body, form } = readForm(text);
  const lines = body.split(form.lineEnd === 'mixed' ? '\n' : /\r\n?|\n/);
  return writeForm(Text.of(lines).toString(), form);
}

it('tells how lines end and whether a mark stands first', () => {
  expect(readForm('a\nb').form).toEqual({ mark: false, lineEnd: 'lf' });
  expect(readForm('\ufeffa\r\nb\r\n')).toEqual({ body: 'a\r\nb\r\n', form: { mark: true, lineEnd: 'crlf' } });
  expect(readForm('a\rb').form.lineEnd).toBe('cr');
  expect(readForm('a\r\nb\n').form.lineEnd).toBe('mixed');
  expect(readForm('').form).toEqual({ mark: false, lineEnd: 'lf' });
});

it('leaves every byte where it was that nobody changed', () => {
  const pieces = ['\n', '\r\n', '\r', '\ufeff', 'a', 'ä', '\u2028'];
  let texts = [''];
  for (let length = 0; length < 5; length += 1) {
    texts = texts.flatMap((text) => pieces.map((piece) => text + piece));
    expect(texts.filter((text) => through(text) !== text)).toEqual([]);
  }
});

it('gives a new line the end that the others have', () => {
  const { form } = readForm('a\r\nb');
  expect(writeForm('a\nnew\nb', form)).toBe('a\r\nnew\r\nb');
});

it('goes on with the indentation that is there', () => {
  expect(indentOf('a:\n    b: 1\n')).toBe('    ');
  expect(indentOf('all:\n\tmake\n')).toBe('\t');
  expect(indentOf('flat')).toBe('  ');
});
