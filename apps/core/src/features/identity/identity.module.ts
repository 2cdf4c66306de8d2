import { Module } from '@nestjs/common';
import { AccountNoticesService } from './account-notices.service.js';
import { MeController } from './me.controller.js';
import { MeService } from './me.service.js';
import { SetupController } from './setup.controller.js';
import { SetupService } from './setup.service.js';
import { SignInController } from './sign-in.controller.js';
import { SignInOpeningService } from './sign-in-opening.service.js';
import { SignInTwoFactorService } from './sign-in-two-factor.service.js';
import { SignInService } from './sign-in.service.js';

@Module({
  controllers: [MeController, SetupController, SignInController],
  providers: [
    AccountNoticesService,
    MeService,
    SetupService,
    SignInOpeningService,
    SignInService,
    SignInTwoFactorService,
  ],
})
export class IdentityFeature {}
