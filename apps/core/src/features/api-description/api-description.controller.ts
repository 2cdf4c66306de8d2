import { Controller, Get } from '@nestjs/common';
import { ApiDocument } from '@bailiwick/contract';
import { Public } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { ApiDescriptionService } from './api-description.service.js';

@Controller('openapi.json')
export class ApiDescriptionController {
  constructor(private readonly description: ApiDescriptionService) {}

  @Get()
  @Public()
  @Returns(ApiDocument)
  get(): Promise<ApiDocument> {
    return this.description.get();
  }
}
