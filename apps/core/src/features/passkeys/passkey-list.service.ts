import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type {
  AddPasskey,
  Passkey,
  PasskeyCreation,
  PasskeyId,
  PasskeyList,
  PasskeyRequest,
  RenamePasskey,
} from '@bailiwick/contract';
import { type Actor, sessionOf } from '../../foundation/access/actor.js';
import type { PasskeyRow } from '../../foundation/identity/passkey.entity.js';
import { PasskeysService } from '../../foundation/identity/passkeys.service.js';
import { SessionsService } from '../../foundation/identity/sessions.service.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import { TwoFactorService } from '../../foundation/identity/two-factor.service.js';
import { toIso, toIsoOrNull } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';

/** The passkeys of who asks. */
@Injectable()
export class PasskeyListService {
  constructor(
    private readonly passkeys: PasskeysService,
    private readonly sessions: SessionsService,
    private readonly stepUp: StepUpService,
    private readonly factors: TwoFactorService,
    private readonly database: Database,
  ) {}

  async list({ userId }: Actor): Promise<PasskeyList> {
    const items = (await this.passkeys.ofUser(userId)).map(toPasskey);
    return { items, version: versionOf(items) };
  }

  async askForNew(actor: Actor, host: string): Promise<PasskeyCreation> {
    this.stepUp.assertProved(actor);
    await this.factors.assertShown(actor);
    return this.passkeys.askForNew(actor, this.passkeys.siteAt(host));
  }

  async add(actor: Actor, host: string, wanted: AddPasskey): Promise<Passkey> {
    this.stepUp.assertProved(actor);
    await this.factors.assertShown(actor);
    const added = await this.passkeys.add(actor, this.passkeys.siteAt(host), wanted, (tell, { id, name, site }) =>
      tell('audit', {
        actor,
        action: 'passkeys.add',
        target: toTarget(actor),
        outcome: 'done',
        details: { passkey: id, name, site },
      }),
    );
    // Whoever has just shown it need not show it again in this session.
    await this.database.transaction((rows) => this.sessions.stepUpByPasskey(rows, sessionOf(actor), added.id));
    return toPasskey(added);
  }

  async rename(actor: Actor, id: PasskeyId, { name }: RenamePasskey): Promise<void> {
    await this.passkeys.rename(actor.userId, id, name, (tell, before) =>
      tell('audit', {
        actor,
        action: 'passkeys.rename',
        target: toTarget(actor),
        outcome: 'done',
        details: { passkey: id, name: { from: before.name, to: name } },
      }),
    );
  }

  /** Every other session of theirs ends: whoever holds what was removed may be in one of them. */
  async remove(actor: Actor, id: PasskeyId): Promise<void> {
    this.stepUp.assertProved(actor);
    await this.passkeys.remove(actor.userId, id, async (tell, { name, site }) => {
      await tell('sessions.endAll', { userId: actor.userId, except: sessionOf(actor) });
      await tell('audit', {
        actor,
        action: 'passkeys.remove',
        target: toTarget(actor),
        outcome: 'done',
        details: { passkey: id, name, site },
      });
    });
  }

  askToProve(actor: Actor, host: string): Promise<PasskeyRequest> {
    return this.stepUp.askForPasskey(actor, host);
  }
}

const toPasskey = ({ id, name, site, synced, createdAt, lastUsedAt }: PasskeyRow): Passkey => ({
  id,
  name,
  site,
  synced,
  createdAt: toIso(createdAt),
  lastUsedAt: toIsoOrNull(lastUsedAt),
});

/** Changes whenever anything shown does. */
const versionOf = (items: readonly Passkey[]): string =>
  createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 22);

const toTarget = ({ userId, username, tenantId }: Actor) => ({ kind: 'user', id: userId, label: username, tenantId });
