from __future__ import annotations

from django.db import models


class SenderCount(models.Model):
    """How often one network has sent something since `begun_at`, for one limit. No address stands here, only a keyed hash."""

    sender = models.CharField(max_length=64)  # hex; keyed by the day, so that nobody can be followed
    span = models.PositiveIntegerField()  # seconds: which of the limits it is for
    begun_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "span"], name="sender_counted_once")]
        indexes = [models.Index(fields=["begun_at"], name="sender_count_by_age")]

    def __str__(self) -> str:
        return f"{self.count} in {self.span} s"


class UsedProof(models.Model):
    """A proof of work that was accepted once and is never accepted again; kept until it would be too old anyway."""

    challenge = models.CharField(max_length=128, primary_key=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.challenge
