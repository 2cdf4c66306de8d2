import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type MailStatus, type Operation, SendTestMail } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import { MailService } from '../../foundation/mail/mail.service.js';
import { SmtpDriver } from '../../foundation/mail/smtp.driver.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import { sendTestMail } from './send-test-mail.operation.js';

/** Whether mail goes out, and why not. */
@Injectable()
export class MailTestsService implements OnModuleInit {
  private readonly definition: ReturnType<typeof sendTestMail>;

  constructor(
    private readonly access: AccessService,
    private readonly mail: MailService,
    private readonly operations: OperationsService,
    private readonly stepUp: StepUpService,
    smtp: SmtpDriver,
  ) {
    this.definition = sendTestMail(smtp);
  }

  onModuleInit(): void {
    this.operations.register(this.definition, (actor, { row }, key) =>
      this.start(actor, SendTestMail.parse(row.input), key),
    );
  }

  status(actor: Actor): Promise<MailStatus> {
    this.access.require(actor, 'settings.see', null);
    return this.mail.status();
  }

  /** To any address staff names, so they prove that it is them. */
  start(actor: Actor, wanted: SendTestMail, idempotencyKey: string | undefined): Promise<Operation> {
    this.access.require(actor, 'settings.update', null);
    this.stepUp.assertProved(actor);
    this.mail.assertConfigured();
    return this.operations.start(
      actor,
      this.definition,
      { input: wanted, tenantId: actor.tenantId, environmentId: null, containerId: null, label: wanted.to },
      { idempotencyKey },
    );
  }
}
