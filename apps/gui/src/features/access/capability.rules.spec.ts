import { describe, expect, it } from '@jest/globals';
import { CAPABILITIES, Capability, CapabilityGroup, Risk, Rule } from '@bailiwick/contract';
import { messages } from '../../lib/messages.ts';
import { isCautioned } from './capability.rules.ts';

const { of, caution, noun, group, risk, rule } = messages.capabilities;

/** The leaves of two levels, as the contract writes them: `noun.verb`. */
const flat = <Leaf>(tree: Readonly<Record<string, Readonly<Record<string, Leaf>>>>): Array<[string, Leaf]> =>
  Object.entries(tree).flatMap(([outer, inner]) =>
    Object.entries(inner).map(([key, leaf]): [string, Leaf] => [`${outer}.${key}`, leaf]),
  );
interface Words {
  name: string;
  verb: string;
  sentence: string;
}
const words = flat<Words>(of);
const nounOf = (capability: string): string => capability.split('.')[0] ?? '';
const doubles = (texts: readonly string[]): string[] => texts.filter((text, at) => texts.indexOf(text) !== at);

describe('the words for capabilities', () => {
  it('are there for every one of the contract, and for no other', () => {
    expect(words.map(([capability]) => capability).sort()).toEqual([...Capability.options].sort());
    expect(Object.keys(noun).sort()).toEqual([...new Set(Capability.options.map(nounOf))].sort());
  });

  it('are a name, a verb and a whole sentence', () => {
    for (const [capability, { name, verb, sentence, ...rest }] of words) {
      expect({ capability, rest }).toEqual({ capability, rest: {} });
      expect({ capability, name }).toEqual({ capability, name: expect.stringMatching(/^\p{Lu}.*[^.]$/u) });
      expect({ capability, verb }).toEqual({ capability, verb: expect.stringMatching(/^\p{Ll}.*[^.]$/u) });
      expect({ capability, sentence }).toEqual({ capability, sentence: expect.stringMatching(/^\p{Lu}.+\.$/u) });
    }
  });

  it('tell each from every other: by its name alone, and by its verb beside its noun', () => {
    expect(doubles(words.map(([, { name }]) => name))).toEqual([]);
    expect(doubles(words.map(([capability, { verb }]) => `${nounOf(capability)}: ${verb}`))).toEqual([]);
    expect(doubles(words.map(([, { sentence }]) => sentence))).toEqual([]);
  });

  it('warn of what is critical, and of nothing else', () => {
    const critical = Capability.options.filter((capability) => CAPABILITIES[capability].risk === 'critical').sort();
    expect(
      flat<string>(caution)
        .map(([capability]) => capability)
        .sort(),
    ).toEqual(critical);
    expect(Capability.options.filter(isCautioned).sort()).toEqual(critical);
  });

  it('name every group and every risk', () => {
    expect(Object.keys(group)).toEqual(CapabilityGroup.options);
    expect(Object.keys(risk)).toEqual(Risk.options);
  });
});

describe('the words for the rules of access', () => {
  it('are there for every rule, in the order they are asked, whatever it says', () => {
    expect(Object.keys(rule)).toEqual(Rule.options);
    for (const each of Object.values(rule))
      expect(each).toEqual({
        name: expect.stringMatching(/^\p{Lu}.*[^.]$/u),
        allow: expect.stringMatching(/^\p{Lu}.+\.$/u),
        deny: expect.stringMatching(/^\p{Lu}.+\.$/u),
        none: expect.stringMatching(/^\p{Lu}.+\.$/u),
      });
  });
});
