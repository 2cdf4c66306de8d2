import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EnvironmentList } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';

@Injectable()
export class EnvironmentListService {
  constructor(private readonly environments: EnvironmentsService) {}

  /** So few that their own words are the version. */
  page(actor: Actor): EnvironmentList {
    const items = this.environments.list(actor);
    return { items, version: createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 16) };
  }
}
