import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/people.module.js';
import { TwoFactorEnrolmentService } from './two-factor-enrolment.service.js';
import { TwoFactorSettingsService } from './two-factor-settings.service.js';
import { TwoFactorController } from './two-factor.controller.js';

@Module({
  imports: [PeopleModule],
  controllers: [TwoFactorController],
  providers: [TwoFactorEnrolmentService, TwoFactorSettingsService],
})
export class TwoFactorModule {}
