import { Injectable } from '@nestjs/common';
import type { InitOwner, InstalledAdmin, InstallerStatus, ModifyAdmin } from '@bailiwick/contract';
import type { Request } from 'express';
import manifest from '../../../package.json' with { type: 'json' };
import type { AuditActor, AuditTarget } from '../../foundation/audit/audit.service.js';
import { assertStrong } from '../../foundation/identity/passwords.rules.js';
import { PasswordsService } from '../../foundation/identity/passwords.service.js';
import { SetupClaimsService } from '../../foundation/identity/setup-claims.service.js';
import type { User } from '../../foundation/identity/user.entity.js';
import { isStaffRole } from '../../foundation/identity/users.rules.js';
import { NamedAccountsService } from '../../foundation/identity/named-accounts.service.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { Database } from '../../kernel/database/database.js';
import { notFound } from '../../kernel/errors.js';
import { cameFrom } from '../../kernel/http/request-source.js';
import { SetupService } from '../identity/setup.service.js';

/** What sets an installation up, or gets its people back in, without anybody being signed in. */
@Injectable()
export class InstallerService {
  constructor(
    private readonly setup: SetupService,
    private readonly claims: SetupClaimsService,
    private readonly users: UsersService,
    private readonly named: NamedAccountsService,
    private readonly passwords: PasswordsService,
    private readonly database: Database,
  ) {}

  async status(): Promise<InstallerStatus> {
    return {
      version: manifest.version,
      database: this.database.kind,
      setupNeeded: await this.claims.isNeeded(),
      activeAdmins: await this.users.countActiveStaff(),
    };
  }

  async initOwner(
    request: Request,
    { username, displayName = username, password }: InitOwner,
  ): Promise<InstalledAdmin> {
    await this.claims.assertNeeded();
    assertStrong(password, username);
    const passwordHash = await this.passwords.hash(password);
    const owner = await this.users.write({ kind: 'system' }, async (rows, tell) => {
      const made = await this.setup.makeOwner(rows, tell, { username, displayName, passwordHash });
      await tell('audit', {
        actor: toActor(request),
        action: 'panel.setUp',
        target: toTarget(made),
        outcome: 'done',
        details: toDetails(request),
      });
      return made;
    });
    this.claims.close();
    return toAdmin(owner);
  }

  async modifyAdmin(request: Request, { username, password, active }: ModifyAdmin): Promise<InstalledAdmin> {
    const admin = await this.named.forSignIn(username);
    if (!admin || !isStaffRole(admin.platformRole)) throw notFound('administrator', username);
    const passwordHash = await this.hashOf(username, password);
    const changed = await this.users.write({ kind: 'system' }, async (rows, tell) => {
      const after = await this.users.change(rows, tell, admin.id, {
        ...(passwordHash === undefined ? {} : { passwordHash }),
        ...(active === undefined ? {} : { active }),
      });
      if (passwordHash !== undefined) await tell('sessions.endAll', { userId: admin.id });
      await tell('audit', {
        actor: toActor(request),
        action: 'people.update',
        target: toTarget(after),
        outcome: 'done',
        details: {
          ...toDetails(request),
          newPassword: passwordHash !== undefined,
          ...(active === undefined ? {} : { active: { from: admin.active, to: after.active } }),
        },
      });
      return after;
    });
    return toAdmin(changed);
  }

  private async hashOf(username: string, password: string | undefined): Promise<string | undefined> {
    if (password === undefined) return undefined;
    assertStrong(password, username);
    return this.passwords.hash(password);
  }
}

const toActor = ({ requestId }: Request): AuditActor => ({ kind: 'system', name: 'installer', requestId });
const toDetails = (request: Request) => ({ via: 'installer', address: cameFrom(request).address });
const toTarget = ({ id, username, tenantId }: User): AuditTarget => ({ kind: 'user', id, label: username, tenantId });
const toAdmin = ({ id, username, active }: User): InstalledAdmin => ({ id, username, active });
