import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module.js';
import { InvitationAcceptanceService } from './invitation-acceptance.service.js';
import { InvitationAdministrationService } from './invitation-administration.service.js';
import { InvitationsController } from './invitations.controller.js';

@Module({
  imports: [PeopleModule],
  controllers: [InvitationsController],
  providers: [InvitationAcceptanceService, InvitationAdministrationService],
})
export class InvitationsModule {}
