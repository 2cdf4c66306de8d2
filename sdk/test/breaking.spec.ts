import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';

const work = mkdtempSync(path.join(tmpdir(), 'bailiwick-breaking-'));
afterAll(() => rmSync(work, { recursive: true }));

const scripts = path.resolve(import.meta.dirname, '../protocols');
const { breaksOf } = (await import(path.join(scripts, 'breaking.rules.mjs'))) as {
  breaksOf(before: object[], after: object[]): string[];
};
const { decode, descriptorSetOf, encode } = (await import(path.join(scripts, 'descriptors.mjs'))) as {
  decode(bytes: Buffer): object[];
  descriptorSetOf(folder: string, files: string[]): object[];
  encode(files: object[]): Buffer;
};

const BEFORE = `
syntax = "proto3";
package a.v1;
import "google/protobuf/struct.proto";
service Door {
  rpc Open(Key) returns (Answer);
  rpc Watch(Key) returns (stream Answer);
}
message Key {
  enum Kind {
    KIND_UNSPECIFIED = 0;
    KIND_METAL = 1;
  }
  string name = 1;
  Kind kind = 2;
  optional int32 teeth = 3;
  repeated string doors = 4;
  map<string, double> sizes = 5;
  google.protobuf.Struct more = 6;
  oneof lent {
    string to = 7;
    bool lost = 8;
  }
}
message Answer { bool is_open = 1; }
`;

let made = 0;
const read = (text: string) => {
  const folder = path.join(work, String((made += 1)), 'a');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'door.proto'), text);
  return decode(encode(descriptorSetOf(path.dirname(folder), ['a/door.proto'])));
};
const breaks = (...changes: [string, string][]) => {
  const after = changes.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, BEFORE);
  return breaksOf(read(BEFORE), read(after));
};

describe('protocols that were released', () => {
  it('stand as they were', () => {
    expect(breaks()).toEqual([]);
  });

  it('may get more: messages, fields, values, methods, words', () => {
    expect(
      breaks(
        [
          'message Answer { bool is_open = 1; }',
          '// Of a door.\nmessage Answer { bool is_open = 1; string why = 2; }\nmessage Bell {}',
        ],
        ['KIND_METAL = 1;', 'KIND_METAL = 1; KIND_CARD = 2;'],
        ['rpc Open(Key) returns (Answer);', 'rpc Open(Key) returns (Answer); rpc Ring(Key) returns (Bell);'],
        ['bool lost = 8;', 'bool lost = 8; bool broken = 9;'],
      ),
    ).toEqual([]);
  });

  it.each<[string, [string, string], string]>([
    ['a field', ['string name = 1;', ''], 'the field a.v1.Key.name with the number 1 has gone'],
    [
      'the number of a field',
      ['string name = 1;', 'string name = 11;'],
      'the field a.v1.Key.name with the number 1 has gone',
    ],
    [
      'the name of a field',
      ['string name = 1;', 'string title = 1;'],
      'the name of the field a.v1.Key.name was name and is title',
    ],
    [
      'the type of a field',
      ['string name = 1;', 'bytes name = 1;'],
      'the type of the field a.v1.Key.name was string and is bytes',
    ],
    [
      'a message for another',
      ['google.protobuf.Struct more', 'Answer more'],
      'the type of the field a.v1.Key.more was google.protobuf.Struct and is a.v1.Answer',
    ],
    [
      'the value of a map',
      ['map<string, double>', 'map<string, float>'],
      'the type of the field a.v1.Key.SizesEntry.value was double and is float',
    ],
    [
      'one for many',
      ['string name = 1;', 'repeated string name = 1;'],
      'how often the field a.v1.Key.name is there was single and is repeated',
    ],
    [
      'optional',
      ['optional int32 teeth', 'int32 teeth'],
      'how often the field a.v1.Key.teeth is there was optional and is single',
    ],
    [
      'a choice',
      ['    bool lost = 8;\n  }', '  }\n  bool lost = 8;'],
      'the oneof of the field a.v1.Key.lost was lent and is none',
    ],
    ['a value', ['KIND_METAL = 1;', ''], 'the value a.v1.Key.Kind.KIND_METAL with the number 1 has gone'],
    [
      'the name of a value',
      ['KIND_METAL = 1;', 'KIND_STEEL = 1;'],
      'the name of the value a.v1.Key.Kind.KIND_METAL was KIND_METAL and is KIND_STEEL',
    ],
    ['a method', ['rpc Open(Key) returns (Answer);', ''], 'the method a.v1.Door.Open has gone'],
    [
      'what a method takes',
      ['rpc Open(Key)', 'rpc Open(Answer)'],
      'what a.v1.Door.Open is asked with was .a.v1.Key and is .a.v1.Answer',
    ],
    [
      'a stream for one',
      ['(stream Answer)', '(Answer)'],
      'how many messages a.v1.Door.Watch takes and gives was one for a stream and is one for one',
    ],
    ['a service', ['service Door', 'service Gate'], 'the service a.v1.Door has gone'],
  ])('may not lose or change %s', (_, change, words) => {
    // prettier-ignore
    expect(breaks(change)).toContain(words);
  });

  it('may not be in another package', () => {
    expect(breaks(['package a.v1;', 'package a.v2;'])).toContain('the message a.v1.Key has gone');
  });
});
