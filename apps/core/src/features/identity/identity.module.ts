import { Module } from '@nestjs/common';
import { ProvidersModule } from '../providers/providers.module.js';
import { AccountNoticesService } from './account-notices.service.js';
import { MeController } from './me.controller.js';
import { MeService } from './me.service.js';
import { SetupController } from './setup.controller.js';
import { SetupService } from './setup.service.js';
import { SignInController } from './sign-in.controller.js';
import { SignInOpeningService } from './sign-in-opening.service.js';
import { SignInTwoFactorService } from './sign-in-two-factor.service.js';
import { SignInPasskeyController } from './sign-in-passkey.controller.js';
import { SignInPasskeyService } from './sign-in-passkey.service.js';
import { SignInProviderController } from './sign-in-provider.controller.js';
import { SignInProviderService } from './sign-in-provider.service.js';
import { SignInService } from './sign-in.service.js';

@Module({
  controllers: [MeController, SetupController, SignInController, SignInPasskeyController, SignInProviderController],
  imports: [ProvidersModule],
  providers: [
    AccountNoticesService,
    MeService,
    SetupService,
    SignInOpeningService,
    SignInPasskeyService,
    SignInProviderService,
    SignInService,
    SignInTwoFactorService,
  ],
  exports: [SetupService, SignInService, SignInTwoFactorService],
})
export class IdentityFeature {}
