import { Module } from '@nestjs/common';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { OperationsController } from './operations.controller.js';

/** What is being done and what was done, for people. */
@Module({ imports: [OperationsModule], controllers: [OperationsController] })
export class OperationsFeature {}
