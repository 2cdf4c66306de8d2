import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ActorResolver } from '../access/actor-resolver.js';
import type { Config } from '../../config.js';
import { TenantDatabases } from '../../kernel/database/tenant-databases.js';
import { CONFIG } from '../../kernel/tokens.js';
import { AccessTokensService } from './access-tokens.service.js';
import { AccountMovesService } from './account-moves.service.js';
import { AccountsStore, BELONGINGS } from './accounts.store.js';
import { ApiToken } from './api-token.entity.js';
import { Authenticator } from './authenticator.js';
import { BearerStrategy } from './bearer.strategy.js';
import { BearersService } from './bearers.service.js';
import { ExternalIdentitiesService } from './external-identities.service.js';
import { ExternalIdentitiesStore } from './external-identities.store.js';
import { ExternalIdentity } from './external-identity.entity.js';
import { HomeDatabases } from './home-databases.js';
import { Invitation } from './invitation.entity.js';
import { InvitationsService } from './invitations.service.js';
import { InvitationsStore } from './invitations.store.js';
import { OutboxRow, OutboxTaken } from './outbox.entity.js';
import { OutboxService } from './outbox.service.js';
import { PeopleStore } from './people.store.js';
import { PasskeyChallengesService } from './passkey-challenges.service.js';
import { PasskeysService } from './passkeys.service.js';
import { PasskeysStore } from './passkeys.store.js';
import { PersonRow } from './person.entity.js';
import { PasswordResetsService } from './password-resets.service.js';
import { PasswordResetsStore } from './password-resets.store.js';
import { PasswordStrategy } from './password.strategy.js';
import { PasswordsService } from './passwords.service.js';
import { RefreshToken } from './refresh-token.entity.js';
import { RefreshTokensService } from './refresh-tokens.service.js';
import { RefreshTokensStore } from './refresh-tokens.store.js';
import { SessionActorResolver } from './session-actor.resolver.js';
import { Session } from './session.entity.js';
import { SessionStrategy } from './session.strategy.js';
import { SessionsService } from './sessions.service.js';
import { SessionsStore } from './sessions.store.js';
import { Setting } from './setting.entity.js';
import { SettingsStore } from './settings.store.js';
import { SetupClaim } from './setup-claim.entity.js';
import { SetupClaimsService } from './setup-claims.service.js';
import { SetupClaimsStore } from './setup-claims.store.js';
import { SetupToken } from './setup-token.js';
import { SignInFailure } from './sign-in-failure.entity.js';
import { SignInFailuresStore } from './sign-in-failures.store.js';
import { SignInLimitsService } from './sign-in-limits.service.js';
import { StepUpService } from './step-up.service.js';
import { Tenant } from './tenant.entity.js';
import { TenantFilesService } from './tenant-files.service.js';
import { TenantMark } from './tenant-mark.entity.js';
import { TenantsService } from './tenants.service.js';
import { TenantsStore } from './tenants.store.js';
import { TwoFactorChallenge } from './two-factor-challenge.entity.js';
import { TwoFactorChallengesService } from './two-factor-challenges.service.js';
import { TwoFactorChallengesStore } from './two-factor-challenges.store.js';
import { TwoFactorFailure } from './two-factor-failure.entity.js';
import { TwoFactorFailuresStore } from './two-factor-failures.store.js';
import { TwoFactorLimitsService } from './two-factor-limits.service.js';
import { TwoFactorPolicyService } from './two-factor-policy.service.js';
import { TwoFactorService } from './two-factor.service.js';
import { TwoFactorStore } from './two-factor.store.js';
import { TokensService } from './tokens.service.js';
import { TokensStore } from './tokens.store.js';
import { UsedChallenge } from './used-challenge.entity.js';
import { UsedChallengesStore } from './used-challenges.store.js';
import { User } from './user.entity.js';
import { NamedAccountsService } from './named-accounts.service.js';
import { UsersService } from './users.service.js';
import { ViewingService } from './viewing.service.js';

/** What a tenant's database holds. */
const IN_TENANT = [Invitation, OutboxRow, TenantMark, User, ...BELONGINGS];

const OFFERED = [
  AccessTokensService,
  AccountMovesService,
  { provide: ActorResolver, useClass: SessionActorResolver },
  ExternalIdentitiesService,
  InvitationsService,
  OutboxService,
  PasskeysService,
  StepUpService,
  TenantFilesService,
  Authenticator,
  PasswordResetsService,
  PasswordsService,
  RefreshTokensService,
  SessionsService,
  SettingsStore,
  SetupClaimsService,
  SignInLimitsService,
  TenantsService,
  TwoFactorChallengesService,
  TwoFactorLimitsService,
  TwoFactorPolicyService,
  TwoFactorService,
  TokensService,
  UsersService,
  NamedAccountsService,
  ViewingService,
];

@Global()
@Module({
  imports: [
    TypeOrmModule.forFeature([
      ApiToken,
      ExternalIdentity,
      Invitation,
      OutboxTaken,
      PersonRow,
      RefreshToken,
      Session,
      Setting,
      SetupClaim,
      SignInFailure,
      Tenant,
      TwoFactorChallenge,
      TwoFactorFailure,
      UsedChallenge,
      User,
      ...BELONGINGS,
    ]),
  ],
  providers: [
    ...OFFERED,
    {
      provide: TenantDatabases,
      inject: [CONFIG],
      useFactory: (config: Config) => new TenantDatabases(config, IN_TENANT),
    },
    BearersService,
    BearerStrategy,
    HomeDatabases,
    InvitationsStore,
    PasswordResetsStore,
    PasswordStrategy,
    RefreshTokensStore,
    SessionStrategy,
    SessionsStore,
    SetupClaimsStore,
    SetupToken,
    AccountsStore,
    ExternalIdentitiesStore,
    PasskeyChallengesService,
    PasskeysStore,
    PeopleStore,
    SignInFailuresStore,
    TenantsStore,
    TwoFactorChallengesStore,
    TwoFactorFailuresStore,
    TwoFactorStore,
    TokensStore,
    UsedChallengesStore,
  ],
  exports: OFFERED,
})
export class IdentityModule {}
