import { Module } from '@nestjs/common';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { HostPorts } from './host-ports.driver.js';
import { PortAllocatorService } from './port-allocator.service.js';
import { PortMapService } from './port-map.service.js';
import { PortsController } from './ports.controller.js';

@Module({
  imports: [OperationsModule],
  controllers: [PortsController],
  providers: [HostPorts, PortAllocatorService, PortMapService],
  exports: [PortAllocatorService],
})
export class PortsModule {}
