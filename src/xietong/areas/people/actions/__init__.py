"""Writes: the register, the staff of a year, posts, roles, deputies, handover, invitations, transfers, seats."""

from xietong.areas.people.actions.departure import NotLeaving, leave
from xietong.areas.people.actions.deputies import NotDeputy, deputise, end_deputy
from xietong.areas.people.actions.handover import NotSuccessor, hand_over
from xietong.areas.people.actions.invitations import (
    Issued,
    NoAccount,
    NotInvitable,
    OutOfReach,
    Skipped,
    invite,
    invite_all,
    reset_password,
)
from xietong.areas.people.actions.joining import InvitationClosed, WeakPassword, accept_invitation
from xietong.areas.people.actions.keeping import ForeignPerson, ForeignPlace, Gone, Keeper
from xietong.areas.people.actions.posts import AlreadyAppointed, AlreadyEnded, appoint, end_appointment
from xietong.areas.people.actions.register import change_person, register_person
from xietong.areas.people.actions.reveal import NoReason, NothingToReveal, reveal
from xietong.areas.people.actions.roles import (
    AdministratorsApart,
    AlreadyHeld,
    LastOffice,
    NotGrantable,
    administration_of,
    begin_term,
    end_role,
    grant_administrator,
    grant_role,
)
from xietong.areas.people.actions.rostering import write_person
from xietong.areas.people.actions.sealing import (
    AlreadyRegistered,
    Malformed,
    hashes_of,
    identity_number,
    is_phone_of,
    phone_number,
)
from xietong.areas.people.actions.seats import NotInOrder, leave_seat, take_seat
from xietong.areas.people.actions.staffing import Lesson, write_staff
from xietong.areas.people.actions.transfers import (
    Answered,
    NotOurs,
    NotTransferable,
    ask_transfer,
    confirm_transfer,
    refuse_transfer,
    withdraw_transfer,
)
