import { Module } from '@nestjs/common';
import { EnvironmentsModule } from '../../foundation/environments/environments.module.js';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { AccessFeature } from '../access/access.module.js';
import { PeopleController } from './people.controller.js';
import { PeopleImportService } from './people-import.service.js';
import { PeopleListService } from './people-list.service.js';
import { PeopleMovesService } from './people-moves.service.js';
import { PeopleService } from './people.service.js';

@Module({
  imports: [AccessFeature, EnvironmentsModule, OperationsModule],
  controllers: [PeopleController],
  providers: [PeopleService, PeopleListService, PeopleMovesService, PeopleImportService],
  exports: [PeopleListService, PeopleService],
})
export class PeopleModule {}
