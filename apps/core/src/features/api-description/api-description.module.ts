import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ApiDescriptionController } from './api-description.controller.js';
import { ApiDescriptionService } from './api-description.service.js';

@Module({ imports: [DiscoveryModule], controllers: [ApiDescriptionController], providers: [ApiDescriptionService] })
export class ApiDescriptionModule {}
