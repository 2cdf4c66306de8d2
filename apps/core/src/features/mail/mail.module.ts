import { Module } from '@nestjs/common';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { MailController } from './mail.controller.js';
import { MailTestsService } from './mail-tests.service.js';

@Module({ imports: [OperationsModule], controllers: [MailController], providers: [MailTestsService] })
export class MailFeature {}
