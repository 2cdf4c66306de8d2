import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module.js';
import { PasswordResetLinksService } from './password-reset-links.service.js';
import { PasswordResetRequestsService } from './password-reset-requests.service.js';
import { PasswordResetService } from './password-reset.service.js';
import { PasswordResetsController } from './password-resets.controller.js';

@Module({
  imports: [PeopleModule],
  controllers: [PasswordResetsController],
  providers: [PasswordResetLinksService, PasswordResetRequestsService, PasswordResetService],
})
export class PasswordResetsModule {}
