import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRoles, permissions, permissionsOf, roles } from '#shared/contract/permissions.ts';
import { fixedBecause, isUsual } from './bounds.ts';
import { leavesAnAdministrator } from './last-administrator.ts';
import { grantedTo, rolePermissionId } from './role-permission.ts';

const role = fc.constantFrom(...roles);
const permission = fc.constantFrom(...permissions);
const changes = fc.array(
  fc.record({ permission: fc.oneof(permission, fc.string()), granted: fc.boolean() }),
  { maxLength: 60 },
);

describe('what a role may do', () => {
  it('is the table\u2019s where nothing was changed', () => {
    for (const one of roles) expect(grantedTo(one, [])).toEqual(permissionsOf(one));
  });

  it('follows what was changed last, and nothing that is fixed or unknown, whatever was changed', () => {
    fc.assert(
      fc.property(role, changes, (one, changed) => {
        const granted = grantedTo(one, changed);
        for (const each of permissions) {
          const last = changed.findLast((change) => change.permission === each)?.granted;
          const usual = isUsual(one, each);
          expect(granted.includes(each)).toBe(fixedBecause(one, each) === null ? (last ?? usual) : usual);
        }
        expect(granted.every((each) => permissions.includes(each))).toBe(true);
      }),
    );
  });

  it('is medication at the pharmacy, patients and their day at the till, and nothing for a patient', () => {
    const staff = [
      'patient.read',
      'appointment.read',
      'visit.read',
      'schedule.read',
      'price.read',
      'payer.read',
      'sync.read',
      'sync.update',
    ];
    const charges = ['charge.read', 'charge.create', 'charge.void'];
    const medication = [
      'chart.read',
      'chart.override',
      'allergy.read',
      'prescription.read',
      'prescription.dispense',
      'prescription.print',
    ];
    const stock = ['stock.read', 'stock.create', 'stock.update', 'stock.approve'];
    const billing = [
      'invoice.read',
      'invoice.create',
      'invoice.void',
      'discount.create',
      'till.read',
      'till.create',
      'report.read',
      'report.export',
      'payment.read',
      'payment.create',
      'payment.refund',
      'claim.read',
      'claim.create',
      'claim.update',
    ];
    expect(permissionsOf('cashier').toSorted()).toEqual([...staff, ...charges, ...billing].toSorted());
    expect(permissionsOf('pharmacist').toSorted()).toEqual(
      [...staff, ...medication, ...stock, 'formulary.read', 'safety-data.read'].toSorted(),
    );
    expect(permissionsOf('patient')).toEqual([]);
  });
});

describe('what stays as it is', () => {
  it('says why', () => {
    expect(fixedBecause('patient', 'patient.read')).toBe('own-data');
    expect(fixedBecause('reception', 'note.sign')).toBe('signature');
    expect(fixedBecause('doctor', 'prescription.sign')).toBe('signature');
    expect(fixedBecause('nurse', 'result.approve')).toBe('signature');
    expect(fixedBecause('admin', 'user.update')).toBe('administrators');
    expect(fixedBecause('reception', 'audit.read')).toBe('administrators');
    expect(fixedBecause('reception', 'note.read')).toBe('care');
    expect(fixedBecause('admin', 'chart.read')).toBe('care');
    expect(fixedBecause('reception', 'appointment.override')).toBeNull();
    expect(fixedBecause('pharmacist', 'observation.read')).toBeNull();
  });

  it('lets no clinic give a patient, or anybody but an administrator, the keys', () => {
    const everything = permissions.map((each) => ({ permission: each, granted: true }));
    const nothing = permissions.map((each) => ({ permission: each, granted: false }));
    expect(grantedTo('patient', everything)).toEqual([]);
    for (const one of roles.filter((each) => each !== 'admin'))
      expect(grantedTo(one, everything)).not.toContain('user.update');
    expect(grantedTo('admin', nothing)).toEqual(
      expect.arrayContaining(['user.read', 'user.update', 'audit.read']),
    );
    expect(grantedTo('doctor', nothing)).toContain('note.sign');
    expect(defaultRoles['user.update']).toEqual(['admin']);
  });
});

it('the id of a change is made of role and permission, each of its own', () => {
  const ids = roles.flatMap((one) => permissions.map((each) => rolePermissionId(one, each)));
  expect(new Set(ids).size).toBe(roles.length * permissions.length);
  expect(rolePermissionId('reception', 'patient.create')).toBe('30c77a3c-1ceb-55d9-ba61-6db9bc2e52c9');
});

describe('the last administrator', () => {
  const [one, other] = [
    { id: '1', role: 'admin', active: true },
    { id: '2', role: 'admin', active: true },
  ];
  it('stays', () => {
    expect(leavesAnAdministrator([one], { ...one, active: false })).toBe(false);
    expect(leavesAnAdministrator([one], { ...one, role: 'nurse' })).toBe(false);
    expect(leavesAnAdministrator([one, { ...other, active: false }], { ...one, active: false })).toBe(false);
    expect(leavesAnAdministrator([one, { ...other, role: 'doctor' }], { ...one, role: 'doctor' })).toBe(
      false,
    );
  });
  it('may change otherwise, and one of two may go', () => {
    expect(leavesAnAdministrator([one], one)).toBe(true);
    expect(leavesAnAdministrator([one, other], { ...one, active: false })).toBe(true);
    expect(leavesAnAdministrator([one], { id: '3', role: 'nurse', active: false })).toBe(true);
  });
});
