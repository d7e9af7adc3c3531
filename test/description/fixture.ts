import { parse } from "yaml";
import { createDescription, type Node } from "../../src/description/index.ts";

/**
 * A description of the same shape as the bundles, with other names, so that the tests show that the code
 * takes every name from the description and would serve an instance that does not exist yet.
 */
export const document: Node = parse(`
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
servers: [{ url: https://pets.example/api }]
security: [{ key: [] }]
paths:
  /pets/:
    get:
      operationId: listPets
      parameters: [{ $ref: '#/components/parameters/Size' }, { $ref: '#/components/parameters/Since' }]
      responses: { '200': { $ref: '#/components/responses/Pets' }, '4XX': { $ref: '#/components/responses/Refused' } }
  /pets:
    get:
      operationId: listPetsByLink
      parameters: [{ $ref: '#/components/parameters/Size' }]
      responses: { '200': { $ref: '#/components/responses/Pets' }, default: { $ref: '#/components/responses/Refused' } }
    post:
      operationId: createPet
      requestBody:
        required: true
        content: { multipart/form-data: { schema: { $ref: '#/components/schemas/CreatePet' } } }
      responses: { '200': { description: done } }
  /pets/{pet_id}:
    parameters: [{ $ref: '#/components/parameters/PetId' }]
    post:
      operationId: updatePet
      requestBody:
        content: { multipart/form-data: { schema: { $ref: '#/components/schemas/UpdatePet' } } }
      responses: { '200': { description: done } }
    delete:
      operationId: deletePet
      security: []
      responses: { '200': { description: gone } }
  /pets/first:
    get:
      operationId: firstPet
      responses: { '200': { description: none } }
  /bowls:
    post:
      operationId: fillBowl
      parameters:
        - { name: keeper, in: query, required: true, schema: { type: string } }
        - { name: trace, in: header, schema: { type: string, default: none } }
      requestBody:
        content:
          text/plain: {}
          multipart/form-data:
            schema: { type: object, required: [litres], properties: { litres: { type: integer, minimum: 1 } } }
      responses: { '200': { description: full } }
components:
  parameters:
    PetId: { name: pet_id, in: path, required: true, schema: { type: integer, minimum: 1 } }
    Size: { name: size, in: query, schema: { type: integer, enum: [10, 25], default: 25 } }
    Since:
      name: since
      in: query
      schema: { type: string, x-datetime-format: d-m-Y, pattern: '^\\d\\d-\\d\\d-\\d{4}$' }
  responses:
    Refused:
      description: refused
      x-evidence: family
      content: { application/json: { schema: { $ref: '#/components/schemas/Errors' } } }
    Pets:
      description: pets
      content:
        application/json:
          schema:
            type: object
            required: [data, next]
            properties:
              data: { type: array, items: { $ref: '#/components/schemas/Pet' } }
              next: { anyOf: [{ $ref: '#/components/schemas/PageUrl' }, { type: 'null' }] }
          examples: { every: { value: { data: [], next: null } } }
  schemas:
    PageUrl:
      anyOf:
        - { type: string, pattern: '^https?://.*\\?page=\\d+$' }
        - { type: string, pattern: '^https?://.*\\?&page=\\d+$' }
    Errors:
      type: object
      required: [errors]
      properties:
        errors:
          type: array
          items: { type: object, required: [title, status], properties: { title: { type: string }, status: { type: integer } } }
    CreatePet: { oneOf: [{ $ref: '#/components/schemas/CreateCat' }, { $ref: '#/components/schemas/CreateDog' }] }
    CreateCat:
      type: object
      required: [species, name]
      additionalProperties: false
      properties: { species: { type: string, const: cat }, name: { type: string }, naps: { type: integer } }
    CreateDog:
      type: object
      required: [species, name]
      additionalProperties: false
      properties: { species: { type: string, const: dog }, name: { type: string }, tricks: { type: string } }
    UpdatePet:
      oneOf:
        - { $ref: '#/components/schemas/CreateCat' }
        - { $ref: '#/components/schemas/CreateDog' }
        - { $ref: '#/components/schemas/UpdatePetKeepingSpecies' }
    UpdatePetKeepingSpecies:
      type: object
      x-evidence: inferred
      x-assumption: An update without species keeps it.
      additionalProperties: false
      properties:
        name: { type: string }
        naps: { type: integer }
        tricks: { type: string }
        is_awake: { type: integer, enum: [0, 1] }
    Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }
    Cat:
      type: object
      required: [species, settings]
      properties:
        species: { type: string, const: cat }
        settings: { type: object, properties: { naps: { type: integer } } }
    Dog:
      type: object
      required: [species, settings]
      properties:
        species: { type: string, const: dog }
        born: { type: [string, 'null'], x-datetime-format: Y-m-d H:i:s, pattern: '^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$' }
        settings: { type: object, x-evidence: inferred, x-assumption: Settings are the fields., properties: { tricks: { type: string } } }
`);

export const pets = createDescription(document, {
  name: "pets.example",
  about: {
    baseUrl: "https://pets.example/api",
    language: "en",
    source: null,
    types: ["cat", "dog"],
    open: false,
    fields: { cat: ["naps"], dog: ["tricks"] },
    inertFields: {},
    operations: [],
    listPath: "/pets/",
    parameters: {},
    filters: {},
    pageQuery: "?page=",
    responseDatetimeFormat: "Y-m-d H:i:s",
    filterDatetimeFormat: "d-m-Y",
  },
  roles: { parameters: { size: "page-size", since: "range-start" }, properties: {}, meta: {} },
});

/** The operation of the fixture with that id. */
export const operation = pets.operation;
