import { expect } from '@jest/globals';
import {
  type AccessChange,
  AccessChanged,
  type Capability,
  ContainerId,
  Explanation,
  type GrantTarget,
} from '@bailiwick/contract';
import request from 'supertest';
import type { TestApp } from './app.js';
import { signIn, type SignedInPerson } from './sign-in.js';

type GrantChange = Extract<AccessChange, { op: 'grant' }>;

/** Somebody who asks the core over HTTP. */
export class Asking {
  constructor(
    private readonly core: TestApp,
    readonly who: SignedInPerson,
  ) {}

  get(path: string) {
    return request(this.core.url).get(`/api/v1/${path}`).set(this.who.headers);
  }

  post(path: string, body: object = {}) {
    return request(this.core.url).post(`/api/v1/${path}`).set(this.who.headers).send(body);
  }

  patch(path: string, body: object) {
    return request(this.core.url).patch(`/api/v1/${path}`).set(this.who.headers).send(body);
  }

  put(path: string, body: object) {
    return request(this.core.url).put(`/api/v1/${path}`).set(this.who.headers).send(body);
  }

  delete(path: string) {
    return request(this.core.url).delete(`/api/v1/${path}`).set(this.who.headers);
  }

  /** Changes access, and fails with the core's words where it may not. */
  async change(changes: AccessChange[], reason = ''): Promise<AccessChanged> {
    const { status, body } = await this.post('access/changes', { changes, reason });
    expect({ status, body }).toMatchObject({ status: 200 });
    return AccessChanged.parse(body);
  }

  async explain(about: SignedInPerson, capability: Capability, resource: string): Promise<Explanation> {
    const { status, body } = await this.get(
      `access/explain?principal=${about.user.id}&resource=${resource}&capability=${capability}`,
    );
    expect({ status, body }).toMatchObject({ status: 200 });
    return Explanation.parse(body);
  }
}

/** A new grant to one person; what is not said is nothing. */
export const aGrant = (
  { user }: Pick<SignedInPerson, 'user'>,
  target: GrantTarget,
  more: Partial<GrantChange> = {},
): GrantChange => ({
  op: 'grant',
  principal: { kind: 'user', id: user.id },
  target,
  role: null,
  allow: [],
  deny: [],
  expiresAt: null,
  version: 0,
  ...more,
});

/** Somebody new who holds exactly this on one container, beside seeing it. */
export async function memberOn(
  core: TestApp,
  owner: SignedInPerson,
  { id }: { id: string },
  ...allow: Capability[]
): Promise<SignedInPerson> {
  const member = await signIn(core, { platformRole: 'member' });
  const target = { kind: 'container', id: ContainerId.parse(id) } as const;
  await new Asking(core, owner).change([aGrant(member, target, { role: 'observer', allow })]);
  return member;
}
