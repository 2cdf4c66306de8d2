import { Module } from '@nestjs/common';
import { CoreLog } from '../../kernel/log/log.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { CertificateDriver } from './certificate.driver.js';
import { CertificateWatchService } from './certificate-watch.service.js';

@Module({
  imports: [AlertsModule],
  providers: [
    { provide: CertificateDriver, inject: [CoreLog], useFactory: (log: CoreLog) => new CertificateDriver(log) },
    CertificateWatchService,
  ],
})
export class CertificatesModule {}
