import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Strategy } from 'passport';
import { readBearer } from './bearer.js';
import { BearersService } from './bearers.service.js';

/** Passport's view of a bearer token. */
@Injectable()
export class BearerStrategy extends Strategy {
  override readonly name = 'bearer';

  constructor(private readonly bearers: BearersService) {
    super();
  }

  override authenticate(request: Request): void {
    const token = readBearer(request.headers.authorization);
    if (token === undefined) {
      this.fail();
      return;
    }
    this.bearers.find(token).then(
      (bearer) => (bearer ? this.success({ bearer }) : this.fail()),
      (error: unknown) => this.error(error),
    );
  }
}
