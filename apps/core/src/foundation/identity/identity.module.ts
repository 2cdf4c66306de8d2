import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ActorResolver } from '../access/actor-resolver.js';
import { Authenticator } from './authenticator.js';
import { PasswordStrategy } from './password.strategy.js';
import { PasswordsService } from './passwords.service.js';
import { SessionActorResolver } from './session-actor.resolver.js';
import { Session } from './session.entity.js';
import { SessionStrategy } from './session.strategy.js';
import { SessionsService } from './sessions.service.js';
import { SessionsStore } from './sessions.store.js';
import { SetupClaim } from './setup-claim.entity.js';
import { SetupClaimsService } from './setup-claims.service.js';
import { SetupClaimsStore } from './setup-claims.store.js';
import { SetupToken } from './setup-token.js';
import { SignInFailure } from './sign-in-failure.entity.js';
import { SignInFailuresStore } from './sign-in-failures.store.js';
import { SignInLimitsService } from './sign-in-limits.service.js';
import { Tenant } from './tenant.entity.js';
import { TenantsService } from './tenants.service.js';
import { TenantsStore } from './tenants.store.js';
import { User } from './user.entity.js';
import { UsersService } from './users.service.js';
import { UsersStore } from './users.store.js';

const OFFERED = [
  { provide: ActorResolver, useClass: SessionActorResolver },
  Authenticator,
  PasswordsService,
  SessionsService,
  SetupClaimsService,
  SignInLimitsService,
  TenantsService,
  UsersService,
];

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Session, SetupClaim, SignInFailure, Tenant, User])],
  providers: [
    ...OFFERED,
    PasswordStrategy,
    SessionStrategy,
    SessionsStore,
    SetupClaimsStore,
    SetupToken,
    SignInFailuresStore,
    TenantsStore,
    UsersStore,
  ],
  exports: [
    ActorResolver,
    Authenticator,
    PasswordsService,
    SessionsService,
    SetupClaimsService,
    SignInLimitsService,
    TenantsService,
    UsersService,
  ],
})
export class IdentityModule {}
