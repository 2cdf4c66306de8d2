import { createHash, timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Config } from '../../config.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { SignInLimitsService } from '../../foundation/identity/sign-in-limits.service.js';
import { AppError, refused } from '../../kernel/errors.js';
import { isWithin } from '../../kernel/http/networks.js';
import { cameFrom } from '../../kernel/http/request-source.js';
import { CONFIG } from '../../kernel/tokens.js';

/** The name wrong tries are counted under; no username can be spelt like it. */
const INSTALLER_NAME = '(installer)';

/** Lets in whoever has the installer's token and comes from where it may come from; while none is set, there is no door. */
@Injectable()
export class InstallerDoorService implements CanActivate {
  constructor(
    private readonly limits: SignInLimitsService,
    private readonly audit: AuditService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const { BAILIWICK_INSTALLER_TOKEN: expected, BAILIWICK_INSTALLER_FROM: networks } = this.config;
    if (expected === undefined)
      throw new AppError('not_found', 404, 'There is no installer here.', { params: { noun: 'installer' } });
    const { address } = cameFrom(request);
    if (!isWithin(address, networks))
      throw refused('network_refused', 'The installer does not answer to this network.', {
        hint: 'Name it in BAILIWICK_INSTALLER_FROM.',
      });
    await this.assertToken(request, expected);
    return true;
  }

  private async assertToken(request: Request, expected: string): Promise<void> {
    const { address, device, requestId } = cameFrom(request);
    const attempt = await this.limits.take(address, INSTALLER_NAME);
    if (isSame(request.get('x-installer-token') ?? '', expected)) return this.limits.cancel(attempt);
    await this.audit.record(null, {
      actor: { kind: 'anonymous', name: 'unknown', requestId },
      action: 'installer.enter',
      target: null,
      outcome: 'refused',
      details: { via: 'installer', address, device },
    });
    throw refused('installer_token_invalid', 'This is not the installer token.');
  }
}

const isSame = (given: string, expected: string): boolean => timingSafeEqual(sha256(given), sha256(expected));
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
