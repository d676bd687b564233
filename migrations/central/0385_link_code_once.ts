import { type Kysely, sql } from 'kysely';

/**
 * A printed code opens one record to one account, wherever it is typed in: of two hosts that took it while they knew nothing of each
 * other, the one that reaches the centre first has it. The link of the other stays, refused, so that its account hears of it; so does
 * one whose code the desk had taken back. An account that used its own code twice has one link, and the other is over.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`set local role clinichub_owner`.execute(db);
  await sql`
    create index patient_account_link_code on clinichub.patient_account_link (code_id)
      where code_id is not null`.execute(db);
  await sql`
    create function clinichub.link_code_once() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $f$
    declare
      code clinichub.patient_link_code;
      winner uuid;
    begin
      -- Of two in the same instant the lock lets the second see the first.
      select * into code from clinichub.patient_link_code c where c.id = new.code_id for no key update;
      select l.account_id into winner from clinichub.patient_account_link l
        where l.code_id = new.code_id and l.id <> new.id order by l.id limit 1;
      if winner = new.account_id then
        new.status := 'ended';
      elsif winner is not null or code.voided_at is not null then
        new.status := 'refused';
      end if;
      return new;
    end $f$`.execute(db);
  await sql`
    create trigger link_code_once before insert on clinichub.patient_account_link
      for each row when (new.code_id is not null and new.status = 'approved')
      execute function clinichub.link_code_once()`.execute(db);
};
