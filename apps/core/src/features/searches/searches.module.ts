import { Module } from '@nestjs/common';
import { FilesModule } from '../files/files.module.js';
import { SearchesController } from './searches.controller.js';
import { SearchesService } from './searches.service.js';

@Module({ imports: [FilesModule], controllers: [SearchesController], providers: [SearchesService] })
export class SearchesModule {}
