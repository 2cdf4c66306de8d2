import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MailRow } from './mail.entity.js';
import { MailService } from './mail.service.js';
import { MailWorkerService } from './mail-worker.service.js';
import { MailsStore } from './mails.store.js';
import { SmtpDriver } from './smtp.driver.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([MailRow])],
  providers: [MailService, MailWorkerService, MailsStore, SmtpDriver],
  exports: [MailService, SmtpDriver],
})
export class MailModule {}
