import { Module } from '@nestjs/common';
import { IdentityFeature } from '../identity/identity.module.js';
import { InstallerController } from './installer.controller.js';
import { InstallerDoorService } from './installer-door.service.js';
import { InstallerService } from './installer.service.js';

@Module({
  imports: [IdentityFeature],
  controllers: [InstallerController],
  providers: [InstallerDoorService, InstallerService],
})
export class InstallerModule {}
