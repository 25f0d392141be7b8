import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'What a command did: the version of its stream and the position in its tenant.' })
export class Receipt {
  @Field(() => ID) id!: string;
  @Field(() => Int) version!: number;
  @Field(() => Int, { description: 'Give it to a query as `atLeast` to read your own write.' }) position!: number;
}

@InputType({ description: 'The query waits up to 2 s until its rows contain this position of the tenant.' })
export class AtLeast {
  @Field(() => ID) tenant!: string;
  @Field(() => Int) position!: number;
}
