import request from 'supertest';
import { addressOf } from '../address.js';
import type { TestApp } from '../app.js';
import { ASKS, type About, type Ask } from './asks.js';
import { type Cast, REACHERS, type Reacher } from './cast.js';
import { type Relation, RELATIONS, type Stage } from './stage.js';
import type { Noun, Thing } from './things.js';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly code: unknown;
}

/** What one route answers everybody. */
export interface Row {
  /** As the table writes it, one text per column. */
  readonly letters: readonly string[];
  readonly absent: readonly Absent[];
}

/** A 404 as it was told, without what differs from ask to ask. */
export interface Absent {
  readonly who: Reacher;
  readonly relation: Relation;
  readonly told: string;
}

/** The last noun before an id. */
const nounIn = (route: string): string | undefined => /([a-z-]+)\/:\w+(?!.*:)/.exec(route)?.[1];

/** Asks every route as everybody about everything. */
export class Matrix {
  private readonly sessions = new Map<string, Record<string, string>>();

  constructor(
    private readonly core: TestApp,
    private readonly cast: Cast,
    private readonly stage: Stage,
  ) {}

  /** `expected`: what the table says; what changes nothing need not be asked about a thing of its own. */
  async ask(route: string, expected: readonly string[]): Promise<Row> {
    const how = ASKS[route] ?? {};
    const noun = this.nounOf(route, how);
    const letters: string[] = [];
    const absent: Absent[] = [];
    for (const [column, who] of REACHERS.entries()) {
      let cell = '';
      for (const [at, relation] of (noun ? RELATIONS : (['own'] as const)).entries()) {
        const changes = !route.startsWith('GET ') && expected[column]?.[at] === '+';
        const thing = noun ? await this.stage.thing(noun, { who, relation, isFresh: changes }) : undefined;
        const headers = await this.headers(who, how.proved ?? false);
        const answer = await this.send(route, how, { who, thing, headers });
        const letter = toLetter(answer);
        // It may have ended whatever this person had open.
        if (changes) this.sessions.clear();
        if (letter === '-' && relation !== 'malformed')
          absent.push({ who, relation, told: withoutIds(answer.text, thing) });
        cell += letter;
      }
      letters.push(cell);
    }
    return { letters, absent };
  }

  private async headers(who: Reacher, proved: boolean): Promise<Record<string, string>> {
    const key = `${who} ${proved}`;
    const known = this.sessions.get(key) ?? (await this.cast.headers(who, { proved }));
    this.sessions.set(key, known);
    return known;
  }

  private nounOf(route: string, { noun }: Ask): Noun | undefined {
    const named = noun ?? nounIn(route);
    if (named === undefined) return undefined;
    if (!this.stage.isNoun(named)) throw new Error(`Nothing makes ${named} for ${route}; teach things.ts.`);
    return named;
  }

  private async send(
    route: string,
    { query, body }: Ask,
    { who, thing, headers }: { who: Reacher; thing: Thing | undefined; headers: Record<string, string> },
  ): Promise<Answer> {
    const [method = '', declared = ''] = route.split(' ');
    const self = this.cast.self(who).user;
    const about: About = {
      id: thing?.id ?? '',
      asker: self.id,
      guest: this.cast.guestOf(thing?.tenantId ?? self.tenantId).user.id,
    };
    const ids = [thing?.id ?? '', thing?.second ?? ''];
    const path = declared.replace(/:\w+/g, () => encodeURIComponent(ids.shift() ?? ''));
    const asking = request(this.core.url)[toVerb(method)](addressOf(path)).set(headers).query(query?.(about) ?? {}).redirects(0); // prettier-ignore
    const { status, text, body: told } = await (method === 'GET' ? asking : asking.send(body?.(about) ?? {}));
    return { status, text, code: told?.code };
  }
}

/** The letter of an answer; an error of ours is none. */
function toLetter({ status, code, text }: Answer): string {
  if (status < 400) return '+';
  if (status === 500) return `!(${text})`;
  if (status === 401 && code === 'unauthenticated') return '0';
  if (status === 403 && code === 'forbidden') return 'x';
  if (status === 404) return '-';
  return status === 400 ? '?' : '+';
}

function withoutIds(text: string, thing: Thing | undefined): string {
  let told = text.replace(/"requestId":"[^"]*"/, '');
  for (const id of [thing?.second, thing?.id]) if (id !== undefined) told = told.replaceAll(id, 'ID');
  return told;
}

function toVerb(method: string): 'get' | 'post' | 'put' | 'patch' | 'delete' {
  const verb = method.toLowerCase();
  if (verb === 'get' || verb === 'post' || verb === 'put' || verb === 'patch' || verb === 'delete') return verb;
  throw new Error(`The table asks with ${method}; teach it.`);
}
