# The Tiny Recursive Model with a hierarchy of six latents (arXiv 2510.04871, ablation "multi-scale z").
class Recursion(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  H_cycles : int
  L_cycles : int
  mlp_t : bool
  heads : int
  eps : float

  def f(self: __torch__.Recursion, levels: List[List[Tensor]], x: Tensor, rope: List[Tensor]) -> Tensor:
    return __torch__.layers.level(levels[0], x, rope, self.mlp_t, self.heads, self.eps)

  # z_1 + ... + z_6, also when L_cycles leaves some of them as they began
  def sum(self: __torch__.Recursion, z: List[Tensor]) -> Tensor:
    total = z[0]
    for i in range(1, torch.len(z)):
      total = torch.add(total, z[i])
    return total

  # One improvement step: carry [z_H, z_1, ..., z_6] and input e, each B x S x D.
  def step(self: __torch__.Recursion, levels: List[List[Tensor]], carry: List[Tensor], e: Tensor, rope: List[Tensor]) -> List[Tensor]:
    z_H, z = carry[0], torch.slice(carry, 1)
    for h in range(self.H_cycles):
      for i in range(self.L_cycles):
        z[i] = self.f(levels, torch.add(self.sum(z), torch.add(z_H, e)), rope)
      z_H = self.f(levels, torch.add(z_H, self.sum(z)), rope)
    return torch.add([z_H], z)
