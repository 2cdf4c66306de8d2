import { Inject, Injectable } from '@nestjs/common';
import type {
  AddPasskey,
  PasskeyAssertion,
  PasskeyCreation,
  PasskeyId,
  PasskeyRequest,
  UserId,
} from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { Clock } from '../../kernel/clock.js';
import { type AppError, conflict, notFound } from '../../kernel/errors.js';
import { ownAddresses } from '../../kernel/http/own-page.js';
import { newId } from '../../kernel/ids.js';
import { CONFIG } from '../../kernel/tokens.js';
import { type Actor, sessionOf } from '../access/actor.js';
import type { Tell } from './outbox.service.js';
import { PASSKEY_CHALLENGE_MS, PasskeyChallengesService, type PasskeyUse } from './passkey-challenges.service.js';
import type { PasskeyRow } from './passkey.entity.js';
import { challengeSigned, passkeySiteAt, type PasskeySite, toUserHandle, userNamedIn } from './passkeys.rules.js';
import { PasskeysStore } from './passkeys.store.js';
import { NOBODY } from './users.rules.js';
import { UsersService } from './users.service.js';
import { ALGORITHMS, passkeyRefused, verifyAssertion, verifyAttestation } from './webauthn.js';

const PANEL = 'Bailiwick';
const MOST = 20;

/** A use of one person's passkeys, or of whoever signs in. */
export interface PasskeyQuestion {
  readonly use: PasskeyUse;
  readonly site: PasskeySite;
  /** Whose passkey it has to be; without it the authenticator names its person. */
  readonly of?: UserId;
}

/** Keys that sign people in without a password: WebAuthn, discoverable, their person always verified. */
@Injectable()
export class PasskeysService {
  constructor(
    private readonly passkeys: PasskeysStore,
    private readonly challenges: PasskeyChallengesService,
    private readonly users: UsersService,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** 409 where the panel is open under a bare address: there are no passkeys for those. */
  siteAt(host: string): PasskeySite {
    const site = passkeySiteAt(host, ownAddresses(this.config));
    if (!site)
      throw conflict('passkey_unavailable', 'Passkeys need a host name, and this is an address of numbers.', {
        hint: 'Open the panel by its name; on the machine it runs on, localhost is one.',
      });
    return site;
  }

  async ofUser(userId: UserId): Promise<PasskeyRow[]> {
    return this.passkeys.ofUser(await this.users.homeOfUser(userId), userId);
  }

  /** Whether they have one that works under this host name. */
  async areUsable(userId: UserId, host: string): Promise<boolean> {
    const site = passkeySiteAt(host, ownAddresses(this.config));
    return site !== undefined && (await this.ofUser(userId)).some((passkey) => passkey.site === site.id);
  }

  /** What the authenticator is handed to make one for this session's person. */
  async askForNew(actor: Actor, site: PasskeySite): Promise<PasskeyCreation> {
    const there = await this.ofUser(actor.userId);
    assertRoom(there.length);
    return {
      challenge: this.challenges.open(registrationIn(actor)),
      rp: { id: site.id, name: PANEL },
      user: { id: toUserHandle(actor.userId), name: actor.username, displayName: actor.displayName },
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
      timeout: PASSKEY_CHALLENGE_MS,
      excludeCredentials: descriptorsOf(there, site),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
    };
  }

  /** `also` stands or falls with it. */
  async add(
    actor: Actor,
    site: PasskeySite,
    { name, passkey }: AddPasskey,
    also: (tell: Tell, added: PasskeyRow) => Promise<void>,
  ): Promise<PasskeyRow> {
    const challenge = challengeSigned(passkey) ?? '';
    await this.challenges.take(challenge, registrationIn(actor));
    const made = await verifyAttestation(passkey, { challenge, site });
    const { userId } = actor;
    const row: PasskeyRow = {
      id: newId('pky'),
      userId,
      name,
      site: site.id,
      createdAt: this.clock.now(),
      lastUsedAt: null,
      ...made,
    };
    await this.users.write(await this.users.homeOfUser(userId), async (rows, tell) => {
      assertRoom(await this.passkeys.countIn(rows, userId));
      if (await this.passkeys.isKnownIn(rows, row.credentialId))
        throw conflict('conflict', 'This passkey is here already.');
      await this.passkeys.add(rows, row);
      await this.users.raiseRights(rows, tell, userId);
      await also(tell, row);
    });
    return row;
  }

  async rename(
    userId: UserId,
    id: PasskeyId,
    name: string,
    also: (tell: Tell, before: PasskeyRow) => Promise<void>,
  ): Promise<void> {
    await this.users.write(await this.users.homeOfUser(userId), async (rows, tell) => {
      const before = await this.passkeys.getIn(rows, userId, id);
      if (!before) throw notFound('passkey', id);
      await this.passkeys.rename(rows, id, name);
      await also(tell, before);
    });
  }

  /** It opens nothing any more. */
  async remove(userId: UserId, id: PasskeyId, also: (tell: Tell, removed: PasskeyRow) => Promise<void>): Promise<void> {
    await this.users.write(await this.users.homeOfUser(userId), async (rows, tell) => {
      const removed = await this.passkeys.getIn(rows, userId, id);
      if (!removed) throw notFound('passkey', id);
      await this.passkeys.remove(rows, id);
      await this.users.raiseRights(rows, tell, userId);
      await also(tell, removed);
    });
  }

  /** False where there was none. */
  async removeAll(userId: UserId, also: (tell: Tell, count: number) => Promise<void>): Promise<boolean> {
    return this.users.write(await this.users.homeOfUser(userId), async (rows, tell) => {
      const count = await this.passkeys.removeAll(rows, userId);
      if (count === 0) return false;
      await this.users.raiseRights(rows, tell, userId);
      await also(tell, count);
      return true;
    });
  }

  /** What the authenticator is handed to sign; 409 where who is asked has passkeys for other names of the panel only. */
  async ask({ use, site, of }: PasskeyQuestion): Promise<PasskeyRequest> {
    const theirs = of === undefined ? [] : await this.ofUser(of);
    const usable = descriptorsOf(theirs, site);
    if (theirs.length > 0 && usable.length === 0) throw madeElsewhere(theirs);
    return {
      challenge: this.challenges.open(use),
      rpId: site.id,
      timeout: PASSKEY_CHALLENGE_MS,
      userVerification: 'required',
      allowCredentials: usable,
    };
  }

  /** 401 where what was signed is no challenge of ours that is still good; nothing is written. */
  assertAsked({ use }: PasskeyQuestion, given: PasskeyAssertion): void {
    this.challenges.endOf(challengeSigned(given) ?? '', use);
  }

  /** 401 unless a passkey of theirs signed what it was asked for; it has been used then. */
  async prove({ use, site, of }: PasskeyQuestion, given: PasskeyAssertion): Promise<PasskeyRow> {
    const challenge = challengeSigned(given) ?? '';
    await this.challenges.take(challenge, use);
    const named = userNamedIn(given);
    // An authenticator that was told which passkeys to use need not name its person, but may name no other.
    if (of !== undefined && given.response.userHandle != null && named !== of) throw passkeyRefused();
    const user = await this.users.find(of ?? named ?? NOBODY);
    if (!user) throw passkeyRefused();
    const home = await this.users.homeOfUser(user.id);
    const passkey = await this.passkeys.find(home, user.id, given.id);
    if (!passkey || passkey.site !== site.id) throw passkeyRefused();
    const seen = await verifyAssertion(given, { challenge, site }, passkey);
    const used = { ...seen, lastUsedAt: this.clock.now() };
    if (!(await this.users.write(home, (rows) => this.passkeys.use(rows, passkey, used)))) throw passkeyRefused();
    return passkey;
  }
}

const registrationIn = (actor: Actor): PasskeyUse => ({ purpose: 'register', subject: sessionOf(actor) });

const descriptorsOf = (passkeys: readonly PasskeyRow[], site: PasskeySite): PasskeyRequest['allowCredentials'] =>
  passkeys
    .filter((passkey) => passkey.site === site.id)
    .map(({ credentialId, transports }) => ({ id: credentialId, type: 'public-key', transports }));

function madeElsewhere(passkeys: readonly PasskeyRow[]): AppError {
  const sites = [...new Set(passkeys.map(({ site }) => site))];
  return conflict('passkey_unavailable', `Your passkeys are for ${sites.join(', ')}.`, {
    hint: 'Open the panel by that name.',
    params: { sites },
  });
}

function assertRoom(count: number): void {
  if (count >= MOST)
    throw conflict('conflict', `You have ${MOST} passkeys. Remove one you do not use first.`, {
      params: { most: MOST },
    });
}
