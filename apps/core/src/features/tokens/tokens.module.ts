import { Module } from '@nestjs/common';
import { EnvironmentsModule } from '../../foundation/environments/environments.module.js';
import { IdentityFeature } from '../identity/identity.module.js';
import { PeopleModule } from '../people/people.module.js';
import { ProgramSignInController } from './program-sign-in.controller.js';
import { ProgramSignInService } from './program-sign-in.service.js';
import { TokenListService } from './token-list.service.js';
import { TokensController } from './tokens.controller.js';

@Module({
  imports: [EnvironmentsModule, IdentityFeature, PeopleModule],
  controllers: [TokensController, ProgramSignInController],
  providers: [TokenListService, ProgramSignInService],
})
export class TokensModule {}
