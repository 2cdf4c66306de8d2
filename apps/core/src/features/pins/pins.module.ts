import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PinsRow } from './pins.entity.js';
import { PinsController } from './pins.controller.js';
import { PinsService } from './pins.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([PinsRow])],
  controllers: [PinsController],
  providers: [PinsService],
})
export class PinsModule {}
