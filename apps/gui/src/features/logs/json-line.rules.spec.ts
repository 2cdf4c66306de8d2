import { describe, expect, it } from '@jest/globals';
import { fieldsOf, snippetOf, toCompact, valueAt } from './json-line.rules.ts';

describe('a line of JSON', () => {
  it.each([
    ['{"level":30,"time":1,"msg":"request done","url":"/a","ms":12,"ok":true}', 'request done url=/a ms=12 ok=true'],
    [
      '{"message":"a\\nb","user":"Ann Lee","tags":["x","y"],"more":{"a":1},"none":null}',
      'a b user="Ann Lee" tags=[2] more={…} none=null',
    ],
    ['{"a":1}', 'a=1'],
    [' {"msg":"x"} ', 'x'],
    ['{"msg":7}', 'msg=7'],
  ])('%j is read as %j', (words, text) => {
    expect(toCompact(words)?.text).toBe(text);
  });

  it('has its chosen fields in columns, and tells the rest beside them', () => {
    const words = '{"msg":"sold","item":"tea\\npot","price":3,"customer":{"name":"Ann"},"tags":["x"]}';
    expect(toCompact(words, ['price', 'customer.name', 'item', 'tags', 'none', 'customer'])).toEqual({
      text: 'sold',
      messageEnd: 4,
      cells: ['3', 'Ann', 'tea pot', '[1]', '', '{…}'],
    });
    expect(toCompact('{"msg":"sold"}', ['msg'])).toEqual({ text: '', messageEnd: 0, cells: ['sold'] });
    expect(toCompact('{"level":"info"}', ['price'])).toBeNull();
    expect(toCompact('no json', ['price'])).toBeNull();
  });

  it('is asked for fields within fields, and for names with points', () => {
    const fields = fieldsOf('{"a.b":{"c":1},"a":{"x":2,"b":{"d":null}}}');
    expect(['a.b.c', 'a.x', 'a.b.d', 'a.y', 'a.b', 'toString', ''].map((path) => valueAt(fields, path))).toEqual([1, 2, null, undefined, { c: 1 }, undefined, undefined]); // prettier-ignore
  });

  it('tells its message from the rest', () => {
    expect(toCompact('{"a":1,"msg":"hello"}')).toEqual({ text: 'hello a=1', messageEnd: 5, cells: [] });
    expect(toCompact('{"a":1}')?.messageEnd).toBe(0);
  });

  it.each(['', '[1]', '{"a":', 'x {"a":1}', '{"level":"info"}', '"text"', `{"a":"${'x'.repeat(70_000)}"}`])(
    'leaves %.20j as it is',
    (words) => {
      expect(toCompact(words)).toBeNull();
    },
  );

  it('stays short and whole with whatever stands in it', () => {
    expect(toCompact(`{"msg":"${'x'.repeat(9_000)}","a":1}`)?.text).toHaveLength(2_000);
    expect(toCompact(`{"a":${'['.repeat(9_000)}${']'.repeat(9_000)}}`)?.text).toBe('a=[1]');
    expect(toCompact('{"__proto__":{"x":1},"constructor":"y"}')?.text).toBe('__proto__={…} constructor=y');
    expect(fieldsOf('{"a":<b>}')).toBeNull();
  });

  it('is searched for as it is written', () => {
    expect(snippetOf('{"user":"Ann","n":1}', 'user', 'Ann')).toBe('"user":"Ann"');
    expect(snippetOf('{"user": "Ann", "n": 1}', 'n', 1)).toBe('"n": 1');
    expect(snippetOf('{"user" :"Ann"}', 'user', 'Ann')).toBe('"Ann"');
  });
});
