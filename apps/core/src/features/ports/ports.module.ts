import { Module } from '@nestjs/common';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { HostPorts } from './host-ports.driver.js';
import { PortAllocatorService } from './port-allocator.service.js';

@Module({
  imports: [OperationsModule],
  providers: [HostPorts, PortAllocatorService],
  exports: [PortAllocatorService],
})
export class PortsModule {}
